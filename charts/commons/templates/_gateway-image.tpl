{{/* The image of the gateway, as its own chart names it. */}}
{{- define "commons.gateway-image" -}}
{{- $image := dict "registry" "" "repository" "commons" "name" "" "tag" "" -}}
{{- $image = mustMergeOverwrite $image (dig "service" "image" dict .Values.global | mustDeepCopy) -}}
{{- $image = mustMergeOverwrite $image (dig "image" dict .Values.gateway | mustDeepCopy) -}}
{{- include "commons-service.image" (dict "name" "gateway" "values" (dict "image" $image) "root" .) -}}
{{- end }}
