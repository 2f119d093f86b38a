using System.Reflection;
using System.Text.Json.Serialization;
using Pilotage.Environments;
using Pilotage.Policies;
using Pilotage.Policies.Descriptors;
using Pilotage.Training;

namespace Pilotage.Lab.Onnx;

/// <summary>Writes policies as ONNX: one file from raw observation to action, for runtimes in other languages and on other devices. It cannot be read back; <see cref="PolicyFile"/> is for that.</summary>
/// <remarks>
/// In the file are normalisation, masks, memory, squashing and the scaling of actions; the critic is not. Inputs and outputs have a batch of any size as their first axis. A policy that
/// draws takes the random numbers as an input. Source: the ONNX specification, operator set 17; docs/export.md has the table of inputs and outputs.
/// </remarks>
public static class OnnxExport
{
    /// <summary>Usual name of the file.</summary>
    public const string FileName = "policy.onnx";

    private const long LargestFile = int.MaxValue - (1 << 20);                           // of a protocol-buffers message, less room for all but the weights

    /// <summary>Writes a policy, replacing what was there; the file is whole or not there.</summary>
    /// <param name="policy">Anything portable.</param>
    /// <param name="environment">Where it acts.</param>
    /// <param name="path">The file; its folder is made.</param>
    /// <param name="source">Where it comes from; stands in the file's metadata.</param>
    /// <exception cref="UserMistakeException">The policy is of a kind that cannot be kept (PIL0601), that has no form as a graph (PIL0631), or is too large for the format (PIL0632).</exception>
    /// <exception cref="RunFailedException">A weight is not finite, or the disk does not take it.</exception>
    public static void Save(IPolicy policy, EnvironmentSpec environment, string path, PolicySource? source = null) => Save(policy, environment, path, source, DurableFile.Create);

    /// <summary>The same through a stream of the caller's, for tests of full disks.</summary>
    internal static void Save(IPolicy policy, EnvironmentSpec environment, string path, PolicySource? source, Func<string, Stream> create)
    {
        var portable = policy as IPortablePolicy ?? throw Mistake(
            "PIL0601", $"A policy made of {policy.GetType().Name} cannot be kept in a file.", "Policies of learners can, and rules are code: keep the code.");
        var weights = portable.Weights;
        var bytes = weights.Sum(block => (long)block.Values.Length * sizeof(float));
        if (bytes > LargestFile)
            throw Mistake("PIL0632", $"The policy has {bytes / 1e9:0.0} GB of weights; an ONNX file holds 2.1 GB at most.", "Export it without --format onnx, which has no such limit, or learn with a smaller table.");
        if (weights.FirstOrDefault(block => block.Values.Span.ContainsAnyExceptInRange(float.MinValue, float.MaxValue)) is { } bad)
            throw new RunFailedException($"The policy was not written to {path}: {bad.Name} holds a number that is not finite.");

        var descriptor = portable.Describe();
        var graph = new OnnxPolicy(environment, descriptor, weights).Graph;
        var facts = Facts(environment, descriptor, ParameterHash.Of(weights), source).ToList();
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            DurableFile.Write(path, stream => graph.Write(stream, environment.Name, LibraryVersion, $"A policy for {environment.Name}: raw observation in, action out.", facts), create);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"The policy could not be written to {path}: {exception.Message.TrimEnd('.')}. Free space or give another folder.", exception);
        }
    }

    private static string LibraryVersion => typeof(PolicyFile).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    private static IEnumerable<KeyValuePair<string, string>> Facts(EnvironmentSpec environment, PolicyDescriptor descriptor, string hash, PolicySource? source)
    {
        yield return new("pilotage.environment", environment.Name);
        yield return new("pilotage.kind", KindOf(descriptor));
        yield return new("pilotage.parameterHash", hash);
        yield return new("pilotage.observationNames", string.Join("\n", environment.ObservationNames));
        yield return new("pilotage.rewardUnit", environment.RewardUnit);
        if (source?.Algorithm is { } algorithm) yield return new("pilotage.algorithm", algorithm);
        if (source?.Run is { } run) yield return new("pilotage.run", run);
        if (source?.Seed is { } seed) yield return new("pilotage.seed", $"{seed}");
        if (source?.Steps is { } steps) yield return new("pilotage.steps", $"{steps}");
    }

    /// <summary>As <c>policy.json</c> calls it; what stands within another behind a slash.</summary>
    internal static string KindOf(PolicyDescriptor descriptor)
    {
        var kind = (string)typeof(PolicyDescriptor).GetCustomAttributes<JsonDerivedTypeAttribute>().First(one => one.DerivedType == descriptor.GetType()).TypeDiscriminator!;
        return descriptor is NormalizedDescriptor normalized ? $"{kind}/{KindOf(normalized.Inner)}" : kind;
    }

    private static UserMistakeException Mistake(string code, string what, string advice) => new(new Mistake(code, what, "", advice).ToString());
}
