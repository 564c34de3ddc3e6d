export let beats = 0;

export default function drum() {
  beats += 1;
  return 'boom';
}
