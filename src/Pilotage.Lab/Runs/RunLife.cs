using System.Globalization;

namespace Pilotage.Lab.Runs;

/// <summary>Says in a run's folder that a process works there, for as long as it does, and why it ended if it failed.</summary>
/// <remarks>
/// The sign of life is a file <c>running-&lt;process&gt;.lock</c> that the process holds locked, so that a killed process leaves a file that nobody holds: a stopped run is never taken for a
/// running one. A folder that takes no such file does not stop the run; it then shows no sign.
/// </remarks>
public sealed class RunLife : IDisposable
{
    internal const string Prefix = "running-";
    private const string Suffix = ".lock";
    private const string FailureName = "failure.txt";
    private readonly string _folder;
    private readonly FileStream? _sign;

    private RunLife(string folder, FileStream? sign) => (_folder, _sign) = (folder, sign);

    /// <summary>Gives the sign and forgets why the run failed before.</summary>
    /// <param name="folder">The run's folder; must exist.</param>
    /// <returns>The sign; ends when disposed.</returns>
    /// <exception cref="UserMistakeException">Another process works there (PIL0220).</exception>
    public static RunLife Begin(string folder)
    {
        if (ProcessOf(folder) is { } process) throw InUse(folder, process);
        try
        {
            foreach (var left in Signs(folder)) File.Delete(left);
            File.Delete(Path.Combine(folder, FailureName));
            var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}{Suffix}"));
            return new(folder, new(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new(folder, null);
        }
    }

    /// <summary>Runs work under a sign of life, and keeps the reason if it fails.</summary>
    /// <typeparam name="TResult">What the work gives.</typeparam>
    /// <param name="folder">The run's folder.</param>
    /// <param name="work">The work.</param>
    /// <returns>What the work gave.</returns>
    /// <exception cref="UserMistakeException">Another process works there (PIL0220).</exception>
    public static TResult Within<TResult>(string folder, Func<TResult> work)
    {
        using var life = Begin(folder);
        try
        {
            return work();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            life.Fail(failure is RunFailedException or UserMistakeException ? failure.Message : $"A defect of the program: {failure.GetType().Name}: {failure.Message}");
            throw;
        }
    }

    /// <summary>Which process works on a run.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <returns>The process; <see langword="null"/> if none does.</returns>
    public static int? ProcessOf(string folder)
    {
        try
        {
            foreach (var sign in Signs(folder))
                if (IsHeld(sign) && int.TryParse(Path.GetFileNameWithoutExtension(sign)[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var process)) return process;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A folder that went away has no process.
        }
        return null;
    }

    /// <summary>Why a run failed.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <returns>The reason; <see langword="null"/> if it did not.</returns>
    public static string? FailureOf(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, FailureName)).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The refusal to work where another process does.</summary>
    internal static UserMistakeException InUse(string folder, int process) => new(new Mistake(
        "PIL0220", string.Create(CultureInfo.InvariantCulture, $"{folder} holds a run that process {process} works on."), "", "Wait for its end, or stop it with Ctrl-C first.").ToString());

    /// <summary>What the index must look at to see a failure.</summary>
    internal static string FailureFile => FailureName;

    /// <inheritdoc/>
    public void Dispose() => _sign?.Dispose();

    private void Fail(string reason)
    {
        try
        {
            File.WriteAllText(Path.Combine(_folder, FailureName), reason + "\n");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A full disk: the reason stands on the terminal, and the folder shows a stopped run.
        }
    }

    private static IEnumerable<string> Signs(string folder) => Directory.EnumerateFiles(folder, $"{Prefix}*{Suffix}");

    private static bool IsHeld(string sign)
    {
        try
        {
            using var probe = new FileStream(sign, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
