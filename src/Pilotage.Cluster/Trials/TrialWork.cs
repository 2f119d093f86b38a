using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pilotage.Cluster.Work;
using Pilotage.Evaluation;
using Pilotage.Lab.Trials;

namespace Pilotage.Cluster.Trials;

/// <summary>Trials as work: a worker pulls the study's text once and computes the arm and seed that a piece names.</summary>
/// <param name="programs">Understand the texts.</param>
internal sealed class TrialWork(IReadOnlyList<ITrialProgram> programs) : IWorkProgram
{
    /// <summary><see cref="Kind"/>.</summary>
    public const string Name = "trial";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public byte[] Run(WorkInput input, CancellationToken cancellation)
    {
        var (kind, textKey, arm, seed) = JsonSerializer.Deserialize(input.Payload, TrialWireContext.Default.TrialQuestion)!;
        var program = programs.FirstOrDefault(program => program.Kind == kind)
            ?? throw new UserMistakeException(new Mistake("PIL2107", $"This worker computes no trials of kind '{kind}'.", "", "The one who asked runs another version of this program: use the same everywhere.").ToString());
        var trial = program.Run(Encoding.UTF8.GetString(input.Pull(textKey)), arm, seed, cancellation);
        return JsonSerializer.SerializeToUtf8Bytes(new(trial.ElapsedSeconds, trial.Measurements, trial.Content), TrialWireContext.Default.TrialAnswer);
    }
}

/// <summary>Which trial.</summary>
/// <param name="Kind">Names the program that understands the text.</param>
/// <param name="Text">Key under which the text is pulled.</param>
/// <param name="Arm">The arm.</param>
/// <param name="Seed">The seed.</param>
internal sealed record TrialQuestion(string Kind, string Text, string Arm, int Seed);

/// <summary>What a trial left.</summary>
/// <param name="ElapsedSeconds">How long it took.</param>
/// <param name="Measurements">All of them, to the last bit; also those that are not finite, which the asker refuses as it refuses its own.</param>
/// <param name="Content">What is no measurement.</param>
internal sealed record TrialAnswer(double ElapsedSeconds, IReadOnlyList<Measurement> Measurements, byte[] Content);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(TrialQuestion))]
[JsonSerializable(typeof(TrialAnswer))]
internal sealed partial class TrialWireContext : JsonSerializerContext;
