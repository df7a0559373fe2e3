export const selector = (name: string) => ({
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/instance': 'test',
});

export const labels = (name: string, chart = name) => ({
  ...selector(name),
  'app.kubernetes.io/part-of': 'commons',
  'app.kubernetes.io/managed-by': 'Helm',
  'app.kubernetes.io/version': '0.1.0',
  'helm.sh/chart': `${chart}-0.1.0`,
});

/** Of an object of a service's chart. */
export const metadata = (service: string, name = service) => ({ name, namespace: 'here', labels: labels(service) });
