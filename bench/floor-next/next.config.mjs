/** The least Next can be asked for. `compress`: the service leaves that to a proxy. */
export default { compress: false }
