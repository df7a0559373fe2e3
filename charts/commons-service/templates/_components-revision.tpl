{{- define "commons-service.components-revision" -}}92c68a81ca51{{- end -}}
