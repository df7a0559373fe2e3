{{- define "commons-service.components-revision" -}}49df392a8549{{- end -}}
