using System.Reflection;
using System.Text;
using Pilotage.Environments;
using Pilotage.Policies.Descriptors;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Policies;

/// <summary>A policy in a folder: <c>policy.json</c> says what it is, <c>policy.safetensors</c> holds its weights. No learner is needed to read it.</summary>
/// <example>
/// <code>
/// var policy = PolicyFile.Load("runs/20260102-030405-ppo-CartPole-v1-6f00aa");
/// </code>
/// </example>
public static class PolicyFile
{
    /// <summary>Name of the description.</summary>
    public const string DescriptionName = "policy.json";

    /// <summary>Name of the weights' file.</summary>
    public const string WeightsName = "policy.safetensors";

    /// <summary>The folder of the policy within the folder of a run.</summary>
    public const string FolderInRun = "policy";

    private const string Temporary = ".tmp";

    /// <summary>Whether a policy stands at a path, as <see cref="Load"/> would look for it.</summary>
    /// <param name="path">Its folder, the folder of a run, or the description itself.</param>
    /// <returns>Whether there is a description; whether it can be used is found out by <see cref="Load"/>.</returns>
    public static bool Exists(string path) => File.Exists(DescriptionOf(path));

    /// <summary>Reads a policy.</summary>
    /// <param name="path">Its folder, the folder of a run, or the description itself.</param>
    /// <param name="environment">Where it is to act; <see langword="null"/> to trust the caller. Names may differ, observations and actions may not.</param>
    /// <param name="device">Where networks are computed; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    /// <returns>The policy as it was saved, usually greedy; acts on raw observations.</returns>
    /// <exception cref="UserMistakeException">
    /// It is not there (PIL0602), cannot be read (PIL0603, PIL0607), is of a newer schema or kind (PIL0604, PIL0605), its files do not belong together (PIL0606,
    /// PIL0307 to PIL0310), a weight is not finite (PIL0608), or it was made for another environment (PIL0609).
    /// </exception>
    public static IPortablePolicy Load(string path, EnvironmentSpec? environment = null, Device? device = null)
    {
        var manifest = ReadManifest(path);
        if (environment is not null) RequireSame(manifest.Environment, environment, path);
        var description = DescriptionOf(path);
        var weightsPath = Path.Combine(Path.GetDirectoryName(description)!, WeightsName);
        try
        {
            using var file = SafetensorsFile.Open(weightsPath);
            var weights = new PolicyWeights(file, description);
            var policy = manifest.Policy.Build(manifest.Environment, weights, device);
            weights.RequireAllRead();
            if (policy.Weights.FirstOrDefault(block => !Finite(block.Values.Span)) is { } bad)
                throw Mistake("PIL0608", $"{weightsPath}: {bad.Name} holds a number that is not finite.", "The training diverged: take an earlier checkpoint or train anew.");
            return ParameterHash.Of(policy.Weights) == manifest.ParameterHash
                ? policy
                : throw weights.Unfit("the weights do not have the parameterHash that it names");
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw Mistake("PIL0607", $"{weightsPath} cannot be read: {Reason(exception, weightsPath)}.", "It is missing, cut off or damaged: put a good copy back, or export the policy again.");
        }
    }

    /// <summary>Reads the description alone.</summary>
    /// <param name="path">As in <see cref="Load"/>.</param>
    /// <returns>What it says.</returns>
    /// <exception cref="UserMistakeException">It is not there or cannot be used; see <see cref="Load"/>.</exception>
    public static PolicyManifest ReadManifest(string path)
    {
        var description = DescriptionOf(path);
        if (!File.Exists(description)) throw Mistake("PIL0602", $"{path} holds no policy: there is no {DescriptionName}.", "Give the folder of a finished run, or one that pilotage export wrote.");
        try
        {
            return PolicyJson.Read(File.ReadAllText(description), description);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Mistake("PIL0603", $"{description} cannot be read: {exception.Message.TrimEnd('.')}.", "Make it readable.");
        }
    }

    /// <summary>Writes a policy, replacing what was there. The weights first and the description last, each whole or not at all.</summary>
    /// <param name="policy">Anything portable.</param>
    /// <param name="environment">Where it acts.</param>
    /// <param name="folder">Made if absent.</param>
    /// <param name="source">Where it comes from.</param>
    /// <exception cref="UserMistakeException">The policy, or a part of it, is of a kind that cannot be kept (PIL0601).</exception>
    /// <exception cref="RunFailedException">A weight is not finite, or the disk does not take it.</exception>
    public static void Save(IPolicy policy, EnvironmentSpec environment, string folder, PolicySource? source = null) =>
        Save(policy, environment, folder, source, path => new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read));

    /// <summary>The same through streams of the caller's, for tests of full disks.</summary>
    internal static void Save(IPolicy policy, EnvironmentSpec environment, string folder, PolicySource? source, Func<string, Stream> create)
    {
        if (policy is not IPortablePolicy portable) throw NotPortable(policy);
        var weights = portable.Weights;
        if (weights.FirstOrDefault(block => !Finite(block.Values.Span)) is { } bad) throw new RunFailedException($"The policy was not written to {folder}: {bad.Name} holds a number that is not finite.");
        var json = PolicyJson.Write(new(environment, portable.Describe(), ParameterHash.Of(weights), source, LibraryVersion));
        var text = Encoding.UTF8.GetBytes(json);
        var writer = new SafetensorsWriter();
        foreach (var block in weights) writer.Add(block);
        try
        {
            Directory.CreateDirectory(folder);
            Write(Path.Combine(folder, WeightsName), writer.Write, create);
            Write(Path.Combine(folder, DescriptionName), stream => { stream.Write(text); return text.Length; }, create);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"The policy could not be written to {folder}: {exception.Message.TrimEnd('.')}. Free space or give another folder.", exception);
        }
    }

    /// <summary>The mistake of keeping what has no portable kind.</summary>
    internal static UserMistakeException NotPortable(object part) =>
        Mistake("PIL0601", $"A policy made of {part.GetType().Name} cannot be kept in a file.", "Policies of learners can, and rules are code: keep the code.");

    private static string LibraryVersion =>
        typeof(PolicyFile).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    private static void Write(string path, Func<Stream, long> write, Func<string, Stream> create)
    {
        try
        {
            long expected;
            using (var stream = create(path + Temporary))
            {
                expected = write(stream);
                if (stream is FileStream file) file.Flush(flushToDisk: true); else stream.Flush();
            }
            var length = new FileInfo(path + Temporary).Length;
            if (length != expected) throw new IOException($"only {length} of {expected} bytes reached the disk");
            File.Move(path + Temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(path + Temporary);                               // half a file is of no use and the disk may be full
            throw;
        }
    }

    private static string DescriptionOf(string path)
    {
        if (Path.GetFileName(path) == DescriptionName) return path;
        var own = Path.Combine(path, DescriptionName);
        var inRun = Path.Combine(path, FolderInRun, DescriptionName);
        return !File.Exists(own) && File.Exists(inRun) ? inRun : own;
    }

    private static void RequireSame(EnvironmentSpec own, EnvironmentSpec asked, string path)
    {
        if (own.ObservationSize == asked.ObservationSize && ActionsText.Same(own.Actions, asked.Actions)) return;
        throw Mistake(
            "PIL0609",
            $"{path} is a policy for {own.Name} ({own.ObservationSize} observed numbers, {ActionsText.Words(own.Actions)}); "
            + $"{asked.Name} has {asked.ObservationSize} observed numbers and {ActionsText.Words(asked.Actions)}.",
            $"Give a policy for {asked.Name}.");
    }

    private static bool Finite(ReadOnlySpan<float> values)
    {
        foreach (var value in values) if (!float.IsFinite(value)) return false;
        return true;
    }

    private static string Reason(Exception exception, string path) =>
        exception.Message.Replace($"{path} cannot be used: ", "", StringComparison.Ordinal).TrimEnd('.');

    private static UserMistakeException Mistake(string code, string what, string advice) => new(new Mistake(code, what, "", advice).ToString());
}
