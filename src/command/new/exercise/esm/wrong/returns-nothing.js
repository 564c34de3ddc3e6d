// The number is right, but your function keeps it to itself: without a `return`, its caller gets undefined.
export default function double(number) {
  number * 2;
}
