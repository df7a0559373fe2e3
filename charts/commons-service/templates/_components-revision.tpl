{{- define "commons-service.components-revision" -}}18b4813b52ca{{- end -}}
