using Pilotage.Cli;

return CommandLine.Run(args, Terminal.OfProcess(), SystemCatalog.Installed);
