namespace Pilotage.Language.Tasks.Verifiers;

/// <summary>Runs verifiers that may throw or never return: such a response gets 0 and is counted; too many of them stop the run.</summary>
/// <param name="mostFailures">The run stops at this many, at least 1.</param>
/// <param name="timeLimit">How long a judgement may take; <see langword="null"/> where the verifier is known to return.</param>
/// <remarks>
/// With a time limit each judgement runs on a thread of its own; one that does not return is left behind and ends with the process, since nothing can stop it safely. Whether a slow
/// verifier meets its limit depends on the machine: only then may two runs differ. Thread-safe.
/// </remarks>
public sealed class VerifierGuard(int mostFailures, TimeSpan? timeLimit = null)
{
    private readonly Lock _lock = new();
    private readonly List<string> _failures = [];

    /// <summary>What failed so far, in order: which problem and how.</summary>
    public IReadOnlyList<string> Failures
    {
        get
        {
            lock (_lock) return [.. _failures];
        }
    }

    /// <summary>Judges a response.</summary>
    /// <param name="verifier">The rule.</param>
    /// <param name="problem">Named if the rule fails.</param>
    /// <param name="response">What the model wrote.</param>
    /// <returns>The reward, 0 where the verifier threw, did not return in time, or gave no finite number.</returns>
    /// <exception cref="RunFailedException">Too many judgements failed (PIL1829).</exception>
    public double Judge(Verifier verifier, TextProblem problem, string response)
    {
        var (reward, failure) = timeLimit is { } limit ? WithinLimit(verifier, problem, response, limit) : Attempt(verifier, problem, response);
        if (failure is null) return reward;
        lock (_lock)
        {
            _failures.Add($"{problem.Id}: {failure}");
            if (_failures.Count < mostFailures) return 0;
            throw new RunFailedException(new Mistake("PIL1829", $"The verifier {verifier.Name} failed on {_failures.Count} responses; at most {mostFailures - 1} may.", string.Join("; ", _failures.TakeLast(3)), "Mend the verifier: the response that it fails on is of the line named.").ToString());
        }
    }

    private static (double Reward, string? Failure) WithinLimit(Verifier verifier, TextProblem problem, string response, TimeSpan limit)
    {
        (double, string?) outcome = default;
        var thread = new Thread(() => outcome = Attempt(verifier, problem, response)) { IsBackground = true, Name = $"verifier {verifier.Name}" };
        thread.Start();
        return thread.Join(limit) ? outcome : (0, $"did not return within {limit.TotalSeconds:0.###} s");
    }

    // A verifier is the user's code: whatever it throws is a failed judgement, not a failed program.
#pragma warning disable CA1031
    private static (double Reward, string? Failure) Attempt(Verifier verifier, TextProblem problem, string response)
    {
        try
        {
            var reward = verifier.Judge(problem, response);
            return double.IsFinite(reward) ? (reward, null) : (0, $"gave {reward}");
        }
        catch (Exception exception)
        {
            return (0, $"threw {exception.GetType().Name}: {exception.Message}");
        }
    }
#pragma warning restore CA1031
}
