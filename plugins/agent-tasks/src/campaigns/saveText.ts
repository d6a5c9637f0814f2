/** Lets the browser save a text as a file. */
export function saveText(options: {
  text: string;
  name: string;
  type: string;
}): void {
  const url = URL.createObjectURL(
    new Blob([options.text], { type: options.type }),
  );
  const link = document.createElement('a');
  link.href = url;
  link.download = options.name;
  link.click();
  // The browser has taken it over by then.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
