using System.Buffers;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Pilotage.Environments;
using Pilotage.Lab.Onnx;
using Pilotage.Policies;
using Pilotage.Policies.Descriptors;
using Pilotage.Tensors;
using Pilotage.Testing;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Lab.Tests.Onnx;

public sealed class OnnxExportTests : IDisposable
{
    private const string TableStart = "<!-- parity -->\n";
    private const string TableEnd = "<!-- /parity -->";
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => [.. OnnxCase.All.Select(one => one.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Save_APolicy_ActsInOnnxRuntimeAsItDoesHere(string name)
    {
        var one = OnnxCase.All.Single(one => one.Name == name);
        OnnxExport.Save(one.Policy, one.Spec, _folder.In("policy.onnx"));
        using var session = new OnnxSession(_folder.In("policy.onnx"));

        var parity = OnnxParity.Of(one, session);

        Assert.InRange(parity.Largest, 0, OnnxParity.Tolerance);
    }

    [Fact]
    public void Save_EveryKindOfPolicyFile_IsAmongTheCases()
    {
        var known = typeof(PolicyDescriptor).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(one => (string)one.TypeDiscriminator!);

        var tested = OnnxCase.All.SelectMany(one => OnnxExport.KindOf(((IPortablePolicy)one.Policy).Describe()).Split('/'));

        Assert.Equal(known.Order(), tested.Distinct().Order());
    }

    /// <summary>The table of docs/export.md: run with PILOTAGE_ACCEPT=1 to measure and write it anew.</summary>
    [Fact]
    public void Document_ShowsEveryCaseWithItsInputsAndOutputs()
    {
        var path = Document();
        var document = File.ReadAllText(path);
        var (start, end) = (document.IndexOf(TableStart, StringComparison.Ordinal) + TableStart.Length, document.IndexOf(TableEnd, StringComparison.Ordinal));
        var rows = OnnxCase.All.Select(Row).ToList();
        if (Environment.GetEnvironmentVariable("PILOTAGE_ACCEPT") == "1")
        {
            var table = "| policy | inputs | outputs | rows compared | largest difference |\n|---|---|---|---|---|\n"
                + string.Concat(rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Text} {row.Parity.Rows} | {row.Parity.Largest:0.0e+0} |\n")));
            document = document[..start] + table + document[end..];
            File.WriteAllText(path, document);
        }

        Assert.All(rows, row => Assert.Contains("\n" + row.Text, document, StringComparison.Ordinal));

        (string Text, OnnxParity Parity) Row(OnnxCase one)
        {
            OnnxExport.Save(one.Policy, one.Spec, _folder.In("policy.onnx"));
            using var session = new OnnxSession(_folder.In("policy.onnx"));
            return ($"| {one.Name} | {string.Join(", ", session.Inputs)} | {string.Join(", ", session.Outputs)} |", OnnxParity.Of(one, session));
        }
    }

    [Fact]
    public void Save_TheSamePolicyTwice_WritesTheSameBytes()
    {
        var one = OnnxCase.All[0];
        OnnxExport.Save(one.Policy, one.Spec, _folder.In("a.onnx"));
        OnnxExport.Save(one.Policy, one.Spec, _folder.In("new/b.onnx"));

        Assert.Equal(File.ReadAllBytes(_folder.In("a.onnx")), File.ReadAllBytes(_folder.In("new/b.onnx")));
    }

    [Fact]
    public void Save_Metadata_SaysWhatThePolicyIs()
    {
        var one = OnnxCase.All.Single(one => one.Name.StartsWith("normalised actor", StringComparison.Ordinal));
        OnnxExport.Save(one.Policy, one.Spec, _folder.In("policy.onnx"), new("ppo", "the-run", 3, 1000, "abc"));
        using var session = new OnnxSession(_folder.In("policy.onnx"));

        var facts = session.Metadata.CustomMetadataMap;

        Assert.Equal(("Pilotage", "Toy"), (session.Metadata.ProducerName, session.Metadata.GraphName));
        Assert.Equal(ParameterHash.Of(((IPortablePolicy)one.Policy).Weights), facts["pilotage.parameterHash"]);
        Assert.Equal(["normalized/actor", "Toy", "a\nb\nc\nd\ne", "ppo", "the-run", "3", "1000"],
            new[] { "kind", "environment", "observationNames", "algorithm", "run", "seed", "steps" }.Select(key => facts[$"pilotage.{key}"]));
        Assert.Equal([-1, 5], session.ShapeOf("observation"));
    }

    [Theory]
    [InlineData("actor, one choice, masked")]
    [InlineData("actor, choices and box, masked, draws")]
    [InlineData("softmax, masked, draws")]
    [InlineData("Q-network, masked")]
    [InlineData("batch-constrained values, masked")]
    [InlineData("table, masked")]
    public void Run_ARowWithoutALegalAction_GivesNoIndexAtAll(string name)
    {
        var one = OnnxCase.All.Single(one => one.Name == name);
        OnnxExport.Save(one.Policy, one.Spec, _folder.In("policy.onnx"));
        using var session = new OnnxSession(_folder.In("policy.onnx"));
        var (width, choices) = (one.Spec.Actions.LegalCount, one.Spec.Actions.IndexCount);
        var legal = new bool[2 * width];
        legal.AsSpan(width).Fill(true);

        var indices = session.Run(2, new Dictionary<string, Array>
        {
            ["observation"] = new float[2 * one.Spec.ObservationSize],
            ["legal"] = legal,
            ["uniforms"] = new float[2 * choices],
            ["normals"] = new float[2 * one.Spec.Actions.ValueCount],
        })["indices"];

        Assert.All(indices[..choices], index => Assert.Equal(-1, index));
        Assert.All(indices[choices..], index => Assert.InRange(index, 0, width - 1));
    }

    [Fact]
    public void Save_WithoutTheCritic_HoldsTheActorAlone()
    {
        var one = OnnxCase.All.Single(one => one.Name == "actor, box");
        OnnxExport.Save(one.Policy, one.Spec, _folder.In("policy.onnx"));

        var actor = (5 * 64 + 64 + 64 * 64 + 64 + 64 * 3 + 3) * sizeof(float);

        Assert.InRange(new FileInfo(_folder.In("policy.onnx")).Length, actor, actor + 2_500);
    }

    [Fact]
    public void Save_WhatHasNoFormAsAGraph_SaysSoAndWritesNothing()
    {
        var spec = OnnxCase.All[0].Spec;
        Refused("rule", new RandomPolicy());
        Refused("unknown_kind", new Odd([]));
        var listed = spec with { ObservationSize = 5, Candidates = new(2, 2, 1), Actions = new ActionSpace.Box([-1, -1], [1, 1]) };
        var random = SeedTree.Root(0).Start();
        Assert.Contains("PIL0631  A policy that scores the candidates of", Assert.Throws<UserMistakeException>(
            () => OnnxExport.Save(new DeterministicActor(listed, [4], Activation.Relu, ref random), listed, _folder.In("policy.onnx"))).Message, StringComparison.Ordinal);
        Refused("too_large", new Odd([new("q", [20_000, 40_000], new Vast(800_000_000).Memory)]));
        Assert.Throws<RunFailedException>(() => OnnxExport.Save(new Odd([new("q", [1], new float[] { float.NaN })]), spec, _folder.In("policy.onnx")));
        Assert.Empty(Directory.GetFiles(_folder.Path));

        void Refused(string name, IPolicy policy) =>
            Snapshot.Matches(Assert.Throws<UserMistakeException>(() => OnnxExport.Save(policy, spec, _folder.In("policy.onnx"))).Message, name);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Save_OnAFullDisk_LeavesWhatStoodThere(bool isSilent)
    {
        var one = OnnxCase.All[0];
        File.WriteAllText(_folder.In("policy.onnx"), "old");

        var failure = Assert.Throws<RunFailedException>(() => OnnxExport.Save(one.Policy, one.Spec, _folder.In("policy.onnx"), null, path => new FullDisk(path, 100, isSilent)));

        Assert.Contains("could not be written", failure.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(_folder.In("policy.onnx")));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    private static string Document([CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, "../../../docs/export.md");

    private sealed record OddDescriptor : PolicyDescriptor
    {
        public override IPortablePolicy Build(EnvironmentSpec spec, PolicyWeights weights, Device? device) => throw new NotSupportedException();
    }

    private sealed class Odd(IReadOnlyList<WeightBlock> weights) : IPortablePolicy
    {
        public IReadOnlyList<WeightBlock> Weights => weights;

        public PolicyDescriptor Describe() => new OddDescriptor();

        public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions) => throw new NotSupportedException();
    }

    /// <summary>Room that is named and never had.</summary>
    private sealed class Vast(int length) : MemoryManager<float>
    {
        public override Memory<float> Memory => CreateMemory(length);

        public override Span<float> GetSpan() => throw new NotSupportedException();

        public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

        public override void Unpin() { }

        protected override void Dispose(bool disposing) { }
    }
}
