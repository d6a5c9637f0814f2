export default function TemplateTextPage() {
  return null;
}
