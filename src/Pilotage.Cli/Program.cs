using Pilotage.Cli;

var terminal = Terminal.OfProcess();
var exitCode = CommandLine.Run(args, terminal, SystemCatalog.Installed);
GC.KeepAlive(terminal);
return exitCode;
