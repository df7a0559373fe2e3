{{- define "commons-service.components-revision" -}}9ff82ae541d3{{- end -}}
