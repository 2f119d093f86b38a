using Pilotage.Environments;
using Pilotage.Policies;

namespace Pilotage.Experience;

/// <summary>Says what is wrong with an episode that is to be learned from: all problems of its shape at once, else the first wrong number or action.</summary>
internal static class DemonstrationCheck
{
    public static void ThrowIfWrong(
        EnvironmentSpec spec, int episode, ReadOnlySpan<float> observations, ReadOnlySpan<bool> legal, ReadOnlySpan<int> actionIndices, ReadOnlySpan<float> actionValues,
        ReadOnlySpan<float> rewards, ReadOnlySpan<float> finalObservation, ReadOnlySpan<bool> finalLegal)
    {
        if (rewards.IsEmpty) throw Mistake("PIL1101", $"Episode {episode} of {spec.Name} has no step.", "", "Leave out empty episodes.");
        var (problems, steps) = (new List<string>(), rewards.Length);
        Length("observations", observations.Length, spec.ObservationSize, steps);
        Length("legal flags", legal.Length, spec.Actions.LegalCount, steps);
        Length("action indices", actionIndices.Length, spec.Actions.IndexCount, steps);
        Length("action values", actionValues.Length, spec.Actions.ValueCount, steps);
        Length("numbers of the final observation", finalObservation.Length, spec.ObservationSize, 1);
        Length("final legal flags", finalLegal.Length, spec.Actions.LegalCount, 1);
        UserMistakeException.ThrowIfAny(problems);

        Finite(observations, spec.ObservationSize, "observation");
        Finite(actionValues, spec.Actions.ValueCount, "action");
        Finite(rewards, 1, "reward");
        Finite(finalObservation, finalObservation.Length, "final observation");
        for (var step = 0; step < steps; step++)
        {
            var choices = spec.Actions.IndexCount;
            var allowed = legal.Slice(step * spec.Actions.LegalCount, spec.Actions.LegalCount);
            if (Problem(spec.Actions, actionIndices.Slice(step * choices, choices), allowed) is { } problem)
                throw Mistake(
                    "PIL1104", $"Step {step} of episode {episode} in {spec.Name} {problem}.",
                    $"On seeing {FrameText.Of(spec, observations.Slice(step * spec.ObservationSize, spec.ObservationSize), allowed)}", "Correct who acts there, or leave the episode out.");
        }

        void Length(string what, int got, int width, int rows)
        {
            if (got != (long)width * rows)
                problems.Add(new Mistake("PIL1102", $"Episode {episode} of {spec.Name} has {got} {what} where {(long)width * rows} are expected ({rows} x {width}).", "", "Record it with this environment.").ToString());
        }

        void Finite(ReadOnlySpan<float> values, int width, string what)
        {
            for (var i = 0; i < values.Length; i++)
                if (!float.IsFinite(values[i]))
                    throw Mistake("PIL1103", FormattableString.Invariant($"The {what} of step {i / width}, component {i % width}, of episode {episode} in {spec.Name} is {values[i]}; it must be finite."), "", "Correct the recording, or leave the episode out.");
        }
    }

    private static string? Problem(ActionSpace space, ReadOnlySpan<int> indices, ReadOnlySpan<bool> legal)
    {
        var counts = space.ChoiceCounts;
        for (var choice = 0; choice < counts.Count; choice++)
        {
            var which = counts.Count > 1 ? $" of choice {choice}" : "";
            if ((uint)indices[choice] >= (uint)counts[choice]) return $"took action {indices[choice]}{which}; allowed are 0 to {counts[choice] - 1}";
            if (!legal.IsEmpty && !legal[indices[choice]]) return $"took action {indices[choice]}{which}, which the mask forbids; legal are {FrameText.Legal(legal[..counts[choice]])}";
            if (!legal.IsEmpty) legal = legal[counts[choice]..];
        }
        return null;
    }

    private static UserMistakeException Mistake(string code, string what, string where, string advice) => new(new Mistake(code, what, where, advice).ToString());
}
