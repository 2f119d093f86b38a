using Microsoft.Extensions.Logging;

namespace Pilotage.Cli;

/// <summary>A web server's messages, a line each, where progress goes.</summary>
internal sealed class TerminalLogger(Terminal terminal) : ILoggerProvider, ILogger
{
    private readonly Lock _writing = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_writing)
        {
            terminal.Error.Write($"{logLevel.ToString().ToLowerInvariant()}: {formatter(state, exception).ReplaceLineEndings(" ")}\n{(exception is null ? "" : $"{exception}\n")}");
            terminal.Error.Flush();
        }
    }

    public void Dispose() { }
}
