// Loaded before a process's own code: its standard input is a pipe from the one that started it, and ends when
// that one is gone, however it went. A process that nobody watches over any more must not hold its port.
process.stdin.on('end', () => process.kill(process.pid, 'SIGKILL'));
process.stdin.on('error', () => process.kill(process.pid, 'SIGKILL'));
process.stdin.resume().unref();
