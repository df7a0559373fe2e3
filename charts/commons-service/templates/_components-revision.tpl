{{- define "commons-service.components-revision" -}}52ec4def91e6{{- end -}}
