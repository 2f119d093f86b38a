using System.Globalization;

namespace Pilotage.Lab.Improvement;

/// <summary>One line on the terminal that is written over: a bar, the share, the time left. Silent where nobody watches. Thread-safe.</summary>
internal sealed class ProgressLine(TextWriter error, bool isWatched) : IProgress<ImproveProgress>, IDisposable
{
    private const int BarWidth = 24;
    private readonly Lock _lock = new();
    private int _written;

    /// <inheritdoc/>
    public void Report(ImproveProgress value)
    {
        if (!isWatched) return;
        lock (_lock)
        {
            var text = Text(value);
            error.Write('\r' + text.PadRight(_written));
            _written = text.Length;
        }
    }

    /// <summary>The line's text.</summary>
    /// <param name="value">How far the run is.</param>
    public static string Text(ImproveProgress value)
    {
        var full = (int)(value.Share * BarWidth);
        var left = double.IsFinite(value.SecondsLeft) ? string.Create(CultureInfo.InvariantCulture, $", {TimeSpan.FromSeconds(Math.Ceiling(value.SecondsLeft)):h\\:mm\\:ss} left") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{new string('━', full)}{new string('─', BarWidth - full)} {100 * value.Share,3:0} %{left}, {value.Words}");
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            if (_written > 0) error.Write('\r' + new string(' ', _written) + '\r');
            _written = 0;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Clear();
}
