namespace Pilotage;

/// <summary>A run stopped because a requirement failed while it ran: a NaN, an environment that broke its contract, a full disk. Exit code 3.</summary>
/// <param name="message">What was found, where and at which step, and what is safe: the last good checkpoint.</param>
/// <param name="inner">The cause, if it was an exception.</param>
public sealed class RunFailedException(string message, Exception? inner = null) : Exception(message, inner);
