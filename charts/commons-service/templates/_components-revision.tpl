{{- define "commons-service.components-revision" -}}b1c0bedbd18b{{- end -}}
