/** Next looks for this file upwards, and would find that of the service. */
export function register() {}
