using System.Text.Json;
using Pilotage.Hosting;

namespace Shadow;

/// <summary>Counts how rule and policy agree, and logs where they do not.</summary>
internal sealed partial class ShadowLog(ILogger<ShadowLog> logger)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, int> _differences = new(StringComparer.Ordinal);
    private int _requests;
    private int _refused;
    private int _agreed;
    private long _moreCrates;                            // by the policy, summed over the requests that it answered

    public void Add(ShopState state, int rule, int? policy, string? refusal)
    {
        lock (_lock)
        {
            _requests++;
            if (policy is not { } crates) _refused++;
            else
            {
                _moreCrates += crates - rule;
                if (crates == rule) _agreed++;
                else _differences[$"{rule} -> {crates}"] = _differences.GetValueOrDefault($"{rule} -> {crates}") + 1;
            }
        }
        if (refusal is not null) LogRefused(refusal);
        else if (policy != rule) LogDifferent(state, rule, policy!.Value);
    }

    /// <summary>What is known so far: of the past from the requests, of the future from the run that trained the policy.</summary>
    public ShadowSummary Summary(ServedPolicy policy, string decider)
    {
        lock (_lock)
        {
            var answered = _requests - _refused;
            return new(
                decider, policy.Version, _requests, _refused, answered == 0 ? null : (double)_agreed / answered, answered == 0 ? null : (double)_moreCrates / answered,
                new Dictionary<string, int>(_differences), Expected(policy.Folder));
        }
    }

    // The run's report says what the kept policy earned beyond the rule on fresh episodes; a policy without a report has no such figure.
    private static ExpectedDifference? Expected(string folder)
    {
        var report = Path.Combine(folder, "..", "report.json");
        if (!File.Exists(report)) return null;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(report));
            var claim = document.RootElement.GetProperty("claims").EnumerateArray().Last();
            var evidence = claim.GetProperty("evidence");
            return claim.GetProperty("id").GetString() == "kept"
                ? new(evidence.GetProperty("estimate").GetDouble(), evidence.GetProperty("low").GetDouble(), evidence.GetProperty("high").GetDouble(), "reward per episode, simulated")
                : null;
        }
        catch (Exception failure) when (failure is JsonException or IOException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{State}: the rule orders {Rule}, the policy {Policy}.")]
    private partial void LogDifferent(ShopState state, int rule, int policy);

    [LoggerMessage(2, LogLevel.Warning, "The policy refused: {Reason}")]
    private partial void LogRefused(string reason);
}

/// <summary>What <c>/shadow</c> answers.</summary>
/// <param name="Decider">Who decides now.</param>
/// <param name="PolicyVersion">Which policy stands in shadow, or decides.</param>
/// <param name="Requests">So far.</param>
/// <param name="Refused">Requests that the policy could not answer; the rule did.</param>
/// <param name="Agreement">Share of the answered ones on which both say the same.</param>
/// <param name="MoreCrates">Crates that the policy orders beyond the rule, on average.</param>
/// <param name="Differences">How often the rule said one number and the policy another.</param>
/// <param name="Expected">What exchanging them is expected to change; absent without a report beside the policy.</param>
internal sealed record ShadowSummary(
    string Decider, string PolicyVersion, int Requests, int Refused, double? Agreement, double? MoreCrates, IReadOnlyDictionary<string, int> Differences, ExpectedDifference? Expected);

/// <summary>A difference with its 95 % interval.</summary>
internal sealed record ExpectedDifference(double Estimate, double Low, double High, string Unit);
