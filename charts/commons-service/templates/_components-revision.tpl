{{- define "commons-service.components-revision" -}}2ecae55945f1{{- end -}}
