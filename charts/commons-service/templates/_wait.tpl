{{/*
Waits for what a pod cannot start without, before its sidecar is there: sidecars end where they find no broker, and are
started again after longer and longer pauses.
*/}}
{{- define "commons-service.wait" -}}
{{- with .values.waitFor -}}
initContainers:
  - name: wait
    image: {{ include "commons-service.image" $ }}
    imagePullPolicy: {{ $.values.image.pullPolicy }}
    command:
      - node
      - --input-type=module
      - --eval
      - |
        import { connect } from 'node:net';
        import { setTimeout as wait } from 'node:timers/promises';

        const answers = (port, host) =>
          new Promise((resolve) => {
            const socket = connect({ port, host, timeout: 2_000 });
            const end = (result) => () => resolve(socket.destroy() && result);
            socket.on('connect', end(true)).on('timeout', end(false)).on('error', end(false));
          });
        for (const address of process.argv.slice(1)) {
          const [host, port] = address.split(':');
          console.log(`waiting for ${address}`);
          while (!(await answers(Number(port), host))) await wait(1_000);
        }
      {{- range . }}
      - {{ . | quote }}
      {{- end }}
    securityContext:
      {{- include "commons-service.container-security" $ | nindent 6 }}
    resources:
      {{- toYaml $.values.resources | nindent 6 }}
{{- end }}
{{- end }}
