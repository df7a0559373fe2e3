{{- define "commons-service.components-revision" -}}5e3ded7a9516{{- end -}}
