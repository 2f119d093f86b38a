using System.Globalization;
using Pilotage.Environments;

namespace Pilotage.Hosting;

/// <summary>Looks at what a request brings before a policy sees it.</summary>
internal static class ObservationCheck
{
    /// <summary>What is wrong; <see langword="null"/> if nothing is.</summary>
    public static Mistake? Problem(EnvironmentSpec spec, ReadOnlySpan<float> observation, ReadOnlySpan<bool> legal)
    {
        if (observation.Length != spec.ObservationSize)
        {
            var names = spec.ObservationNames.Count > 0 ? $": {string.Join(", ", spec.ObservationNames)}" : "";
            return new("PIL0902", $"The observation has {observation.Length} numbers; {spec.Name} has {spec.ObservationSize}{names}.", "", "Give all of them, in this order and unscaled.");
        }
        for (var i = 0; i < observation.Length; i++)
        {
            if (float.IsFinite(observation[i])) continue;
            var name = i < spec.ObservationNames.Count ? $" ({spec.ObservationNames[i]})" : "";
            return new("PIL0903", string.Create(CultureInfo.InvariantCulture, $"Number {i}{name} of the observation is {observation[i]}; it must be finite."), "", "Let the rule decide where a figure is missing.");
        }
        var width = spec.Actions.LegalCount;
        if (legal.Length != width && !(legal.IsEmpty && width > 0))
            return new("PIL0904", $"The mask has {legal.Length} flags; {spec.Name} has {(width == 0 ? "no mask" : width.ToString(CultureInfo.InvariantCulture))}.", "", "Give one flag for each action of each choice, or none for all legal.");
        if (legal.IsEmpty) return null;
        IReadOnlyList<int> counts = spec.Actions switch
        {
            ActionSpace.MultiDiscrete several => several.Counts,
            ActionSpace.Composite both => both.Choices.Counts,
            _ => [width],
        };
        for (var choice = 0; choice < counts.Count; legal = legal[counts[choice]..], choice++)
            if (!legal[..counts[choice]].Contains(value: true))
                return new("PIL0905", $"The mask forbids every action{(counts.Count > 1 ? $" of choice {choice}" : "")}.", "", "Allow one, or do not ask.");
        return null;
    }
}
