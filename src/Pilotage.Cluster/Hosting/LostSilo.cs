namespace Pilotage.Cluster.Hosting;

/// <summary>Hears that the others have declared this process's silo dead, where Orleans would end the process with a stack trace.</summary>
/// <param name="lost">Ends the process.</param>
internal sealed class LostSilo(Action lost) : IFatalErrorHandler
{
    private int _heard;

    /// <inheritdoc/>
    public bool IsUnexpected(Exception exception) => exception is not ThreadAbortException;

    /// <inheritdoc/>
    public void OnFatalException(object? sender, string? context, Exception? exception)
    {
        if (Interlocked.Exchange(ref _heard, 1) == 0) lost();
    }
}
