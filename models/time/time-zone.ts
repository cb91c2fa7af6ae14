/** Whether it is an IANA time zone this computer knows ("Asia/Shanghai", "UTC"); offsets such as "+08:00" are none. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
