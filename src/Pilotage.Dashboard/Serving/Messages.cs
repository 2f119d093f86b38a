using System.Text.Json.Serialization;

namespace Pilotage.Dashboard.Serving;

/// <summary>One observation that wants an action.</summary>
/// <param name="Observation">As the environment shows it, unscaled.</param>
/// <param name="Legal">One flag for each action of each choice; left out for all legal.</param>
/// <param name="Memory">From the episode's reply before; left out where an episode begins and for policies that remember nothing.</param>
internal sealed record ActQuestion(float[] Observation, bool[]? Legal = null, string? Memory = null);

/// <summary>The action.</summary>
/// <param name="Indices">One for each choice; left out for a box.</param>
/// <param name="Values">In the environment's own unit; left out for choices.</param>
/// <param name="Memory">To be given back with the episode's next observation; left out by policies that remember nothing.</param>
/// <param name="MemoryBegan">Whether the given memory was of an older policy, so that it began anew.</param>
/// <param name="Version">Which policy decided: the hash of its parameters.</param>
internal sealed record ActAnswer(int[]? Indices, float[]? Values, string? Memory, bool? MemoryBegan, string Version);

/// <summary>Several observations that want actions.</summary>
/// <param name="Observations">One list a row.</param>
/// <param name="Legal">One list a row; left out for all legal.</param>
/// <param name="Memories">One a row, <see langword="null"/> where an episode begins; left out for none.</param>
internal sealed record ActBatchQuestion(float[][] Observations, bool[][]? Legal = null, string?[]? Memories = null);

/// <summary>The actions, all chosen by one policy.</summary>
/// <param name="Actions">One a row.</param>
/// <param name="MemoriesBegun">How many memories were of an older policy, so that they began anew; left out where none was.</param>
/// <param name="Version">Which policy decided.</param>
internal sealed record ActBatchAnswer(IReadOnlyList<RowAnswer> Actions, int? MemoriesBegun, string Version);

/// <summary>The action of one row; see <see cref="ActAnswer"/>.</summary>
internal sealed record RowAnswer(int[]? Indices, float[]? Values, string? Memory);

/// <summary>What the policy that decides now says of itself.</summary>
/// <param name="Environment">Where it was made to act.</param>
/// <param name="ObservationSize">Numbers per observation.</param>
/// <param name="ObservationNames">Their names, where they have some.</param>
/// <param name="Actions">The actions in words.</param>
/// <param name="LegalCount">Flags per mask; 0 where there is none.</param>
/// <param name="MaximumBatch">Observations that one request may hold.</param>
/// <param name="Version">The hash of its parameters.</param>
/// <param name="Algorithm">What learned it, where it says so.</param>
/// <param name="Run">The run that it comes from, where it says so.</param>
/// <param name="Steps">Environment steps that it learned from, where it says so.</param>
internal sealed record PolicyAnswer(
    string Environment, int ObservationSize, IReadOnlyList<string> ObservationNames, string Actions, int LegalCount, int MaximumBatch, string Version,
    string? Algorithm, string? Run, long? Steps);

/// <summary>That the service is well.</summary>
internal sealed record HealthAnswer(string Status, string Version);

/// <summary>Why a request was refused, in the form of RFC 9457.</summary>
/// <param name="Title">The kind of refusal.</param>
/// <param name="Status">As in the reply's first line.</param>
/// <param name="Code">The mistake's code, which stays the same between versions.</param>
/// <param name="Detail">What is wrong and what to do.</param>
internal sealed record Refusal(string Title, int Status, string Code, string Detail);

/// <summary>How the messages are read and written: numbers that are not finite may be written as words, so that they can be refused by name; what is not known is refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ActQuestion))]
[JsonSerializable(typeof(ActAnswer))]
[JsonSerializable(typeof(ActBatchQuestion))]
[JsonSerializable(typeof(ActBatchAnswer))]
[JsonSerializable(typeof(PolicyAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(Refusal))]
internal sealed partial class MessageContext : JsonSerializerContext;
