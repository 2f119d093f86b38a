using System.Globalization;

namespace Pilotage.Environments;

/// <summary>Plays a user's environment for a while and says in words what is wrong with it: the test that every environment should have.</summary>
/// <remarks>
/// Looks for an impossible or changing description, numbers that are not finite or not written, masks without a legal action, exceptions, episodes without
/// end, chance that does not come from the given stream, and resets that leave something of the last episode. Three instances play the same actions on the
/// same numbers: two new ones by turns and one that has played before; all three must show the same bits.
/// </remarks>
public static class EnvironmentCheck
{
    private const int StepsWithoutEnd = 100_000;        // an episode of random actions that is still running then has no end in practice
    private const int Episodes = 4;

    /// <summary>Checks an environment that its parameterless constructor makes ready.</summary>
    /// <typeparam name="T">The environment.</typeparam>
    /// <returns>All problems; empty if none was found.</returns>
    public static IReadOnlyList<Mistake> Problems<T>() where T : IEnvironment, new() => Problems(static () => new T());

    /// <summary>Checks an environment that needs to be made in some way, for instance over data.</summary>
    /// <typeparam name="T">The environment.</typeparam>
    /// <param name="make">Makes a new instance each time.</param>
    /// <param name="steps">Steps to play of each of a few episodes, at least 1.</param>
    /// <returns>All problems; empty if none was found.</returns>
    public static IReadOnlyList<Mistake> Problems<T>(Func<T> make, int steps = 500) where T : IEnvironment
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        if (Describe<T>(out var spec) is { } wrong) return [wrong];
        try
        {
            var problems = new List<Mistake>();
            if (Difference(spec, T.Describe()) is { } change)
                problems.Add(new("PIL0802", $"{spec.Name} describes itself differently each time: {change}.", "", "Describe must give the same spaces and the same time limit whenever it is asked."));
            for (var episode = 0; episode < Episodes && problems.Count == 0; episode++)
                if (Twins(spec, make, SeedTree.Root(episode), steps) is { } difference) problems.Add(difference);
            if (problems.Count == 0 && spec.TimeLimit is null && NoEnd(spec, make) is { } endless) problems.Add(endless);
            return problems;
        }
        catch (RunFailedException broken)
        {
            return [Split("PIL0804", broken.Message)];
        }
        catch (UserMistakeException thrown)
        {
            return [Split("PIL0803", thrown.Message)];
        }
    }

    private static Mistake Split(string code, string message)
    {
        var parts = message.Split(" Where: ", 2);
        return new(code, parts[0], "", parts.Length > 1 ? char.ToUpperInvariant(parts[1][0]) + parts[1][1..] : "");
    }

    private static Mistake? Describe<T>(out EnvironmentSpec spec) where T : IEnvironment
    {
        spec = T.Describe();
        try
        {
            _ = new EnvironmentContract(spec, 1);
            return null;
        }
        catch (RunFailedException impossible)
        {
            return new("PIL0801", impossible.Message.Replace(" Correct its Describe().", "", StringComparison.Ordinal), "", "Correct its Describe.");
        }
    }

    private static string? Difference(EnvironmentSpec first, EnvironmentSpec second) =>
        first.ObservationSize != second.ObservationSize ? $"observations have {first.ObservationSize} numbers, then {second.ObservationSize}"
        : first.TimeLimit != second.TimeLimit ? $"the time limit is {Limit(first)}, then {Limit(second)}"
        : (first.Actions.GetType(), first.Actions.IndexCount, first.Actions.ValueCount, first.Actions.LegalCount)
            != (second.Actions.GetType(), second.Actions.IndexCount, second.Actions.ValueCount, second.Actions.LegalCount) ? "the action space changes"
        : null;

    private static string Limit(EnvironmentSpec spec) => spec.TimeLimit is { } limit ? limit.ToString(CultureInfo.InvariantCulture) : "none";

    private static Mistake? Twins<T>(EnvironmentSpec spec, Func<T> make, SeedTree seeds, int steps) where T : IEnvironment
    {
        var (first, second, used) = (new EnvironmentPlay<T>(spec, make()), new EnvironmentPlay<T>(spec, make()), new EnvironmentPlay<T>(spec, make()));
        var random = seeds.Actions.Start();
        used.Reset(seeds.Branch("before"));
        for (var step = 0; step < Math.Min(steps, 50) && used.End == End.Running; step++) used.Step(used.RandomAction(ref random));

        first.Reset(seeds);
        second.Reset(seeds);
        used.Reset(seeds);
        for (var step = 0; ; step++)
        {
            if (first.Difference(second) is { } chance)
            {
                return new(
                    "PIL0805", $"{spec.Name} does not repeat itself: of two new instances with the same random numbers and actions {chance}.", Place(step),
                    "Draw all chance from the `random` that Reset and Step are given; keep nothing in static fields, and no clock.");
            }
            if (first.Difference(used) is { } left)
            {
                return new(
                    "PIL0806", $"{spec.Name} remembers its last episode: of a new instance and one that has played before, with the same random numbers and actions, {left}.",
                    Place(step), "Reset must set every field.");
            }
            if (step == steps || first.End != End.Running) return null;
            var action = first.RandomAction(ref random);
            first.Step(action);
            second.Step(action);
            used.Step(action);
        }
    }

    private static Mistake? NoEnd<T>(EnvironmentSpec spec, Func<T> make) where T : IEnvironment
    {
        var (seeds, play) = (SeedTree.Root(0), new EnvironmentPlay<T>(spec, make()));
        var random = seeds.Actions.Start();
        play.Reset(seeds);
        for (var step = 0; step < StepsWithoutEnd && play.End == End.Running; step++) play.Step(play.RandomAction(ref random));
        return play.End != End.Running ? null : new(
            "PIL0807", string.Create(CultureInfo.InvariantCulture, $"{spec.Name} has no TimeLimit, and an episode of random actions did not end within {StepsWithoutEnd:N0} steps."), "",
            "Give Describe a TimeLimit: it truncates, so that learners still count what would have followed.");
    }

    private static string Place(int step) => step == 0 ? "At the first frame of an episode" : $"At step {step} of an episode";
}
