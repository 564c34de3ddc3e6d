export const strum = () => 'strum';

export const tune = () => 'E A D G B E';
