using System.Globalization;
using Pilotage.Environments;

namespace Pilotage.Policies;

/// <summary>A frame in words, for messages: names with values, and the legal actions.</summary>
internal static class FrameText
{
    private const int MostComponents = 24;              // longer observations tell their first ones; nobody reads hundreds

    /// <summary>The observation and, where there is a mask, what it allows.</summary>
    /// <param name="spec">Names the components, if they have names.</param>
    /// <param name="observation">One row.</param>
    /// <param name="legal">One row; empty without mask.</param>
    public static string Of(EnvironmentSpec spec, ReadOnlySpan<float> observation, ReadOnlySpan<bool> legal)
    {
        var parts = new List<string>();
        for (var i = 0; i < Math.Min(observation.Length, MostComponents); i++)
        {
            var value = observation[i].ToString(CultureInfo.InvariantCulture);
            parts.Add(i < spec.ObservationNames.Count ? $"{spec.ObservationNames[i]} {value}" : value);
        }
        if (observation.Length > MostComponents) parts.Add($"… {observation.Length - MostComponents} more");
        var text = $"[{string.Join(", ", parts)}]";
        return legal.IsEmpty ? text : $"{text}, legal {Legal(legal)}";
    }

    /// <summary>The places of the legal actions.</summary>
    /// <param name="legal">One flag per action.</param>
    public static string Legal(ReadOnlySpan<bool> legal)
    {
        var allowed = new List<int>();
        for (var i = 0; i < legal.Length; i++) if (legal[i]) allowed.Add(i);
        return allowed.Count == 0 ? "none" : string.Join(", ", allowed);
    }
}
