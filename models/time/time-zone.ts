/** Whether `name` is an IANA time zone that this computer knows ("Asia/Shanghai", "UTC"); an offset ("+08:00") is not. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
