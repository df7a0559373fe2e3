{{/*
A resource of components/ on a cluster: in the release's namespace; secrets from Kubernetes in place of a file; access
lists that name this namespace; traces to where the release sends them. Everything else is as it is everywhere.
*/}}
{{- define "commons.dapr-resource" -}}
{{- $resource := .resource -}}
{{- $name := $resource.metadata.name -}}
{{- $_ := set $resource "metadata" (include "commons.metadata" (dict "root" .root "name" $name) | fromYaml) -}}
{{- if eq $resource.kind "Component" -}}
{{- include "commons.on-cluster.component" (merge (dict "name" $name) .) -}}
{{- else if eq $resource.kind "Configuration" -}}
{{- include "commons.on-cluster.configuration" . -}}
{{- end -}}
{{- toYaml $resource -}}
{{- end }}

{{- define "commons.on-cluster.component" -}}
{{- $values := .root.Values -}}
{{- $spec := .resource.spec -}}
{{- if eq $spec.type "secretstores.local.file" -}}
{{- $_ := set $spec "type" "secretstores.kubernetes" -}}
{{- $_ := set $spec "metadata" list -}}
{{- end -}}
{{- if hasKey .resource "auth" -}}
{{- $_ := set .resource "auth" (dict "secretStore" "kubernetes") -}}
{{- end -}}
{{- $changed := get $values.dapr.metadata .name | default dict -}}
{{- $items := list -}}
{{- range $item := $spec.metadata -}}
{{- if not (hasKey $changed $item.name) -}}
{{- if hasKey $item "secretKeyRef" -}}
{{- $ref := get $values.dapr.secrets $item.secretKeyRef.name | default $item.secretKeyRef -}}
{{- $item = dict "name" $item.name "secretKeyRef" (pick $ref "name" "key") -}}
{{- end -}}
{{- $items = append $items $item -}}
{{- end -}}
{{- end -}}
{{- range $key, $value := $changed -}}
{{- $items = append $items (dict "name" $key "value" (toString $value)) -}}
{{- end -}}
{{- $_ := set $spec "metadata" $items -}}
{{- end }}

{{- define "commons.on-cluster.configuration" -}}
{{- $spec := .resource.spec -}}
{{- $namespace := .root.Release.Namespace -}}
{{- $tracing := .root.Values.global.service.tracing -}}
{{- $_ := unset $spec "nameResolution" -}}
{{- with $tracing.endpoint -}}
{{- $url := urlParse . -}}
{{- $otel := dict "endpointAddress" $url.host "isSecure" (eq $url.scheme "https") "protocol" "http" -}}
{{- $_ := set $spec "tracing" (dict "samplingRate" (toString $tracing.ratio) "otel" $otel) -}}
{{- end -}}
{{- range $policy := dig "accessControl" "policies" list $spec -}}
{{- $_ := set $policy "namespace" $namespace -}}
{{- end -}}
{{- end }}
