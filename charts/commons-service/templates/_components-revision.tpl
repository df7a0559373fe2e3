{{- define "commons-service.components-revision" -}}9be7cbab70b0{{- end -}}
