using Pilotage.Language.Tasks;
using Pilotage.Language.Tasks.Arithmetic;
using Pilotage.Language.Tasks.Countdown;
using Pilotage.Language.Tasks.Sequences;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Language.Tests.Tasks;

/// <summary>What every generated task must hold.</summary>
public sealed class GeneratedTasksTests
{
    private static readonly SplitSettings Sizes = new() { Train = 150, Validation = 40, Test = 40 };

    private static readonly Dictionary<string, Func<SplitSettings, IGeneratedTask>> Makers = new()
    {
        ["countdown"] = sizes => new CountdownTask(new() { Splits = sizes }),
        ["chain"] = sizes => new ChainTask(new() { Splits = sizes }),
        ["steps"] = sizes => new StepsTask(new() { Splits = sizes }),
        ["addition"] = sizes => new AdditionTask(new() { Splits = sizes }),
        ["sums"] = sizes => new SumsTask(new() { Splits = sizes }),
        ["modular"] = sizes => new ModularTask(new() { Splits = sizes }),
        ["sorting"] = sizes => new SortingTask(new() { Splits = sizes }),
        ["transform"] = sizes => new TransformTask(new() { Splits = sizes }),
        ["lookup"] = sizes => new LookupTask(new() { Splits = sizes }),
    };

    public static TheoryData<string> Names => [.. Makers.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Demonstrations_AreRight_WrongOnesWrong_AndBothFit(string name)
    {
        var task = Makers[name](Sizes);
        var random = SeedTree.Root(11).Start();
        Assert.Equal(name, task.Name);
        foreach (var split in Enum.GetValues<Split>())
        {
            Assert.Equal(Sizes.SizeOf(split), task.Problems(split).Count);
            foreach (var problem in task.Problems(split))
            {
                Assert.True(problem.Difficulty > 0);
                Assert.Equal(problem.Prompt, task.Tokenizer.Decode(task.Tokenizer.Encode(problem.Prompt)));
                var (right, wrong) = (task.Demonstrate(problem, ref random), task.DemonstrateWrongly(problem, ref random));
                Assert.Equal(1, task.Verify(problem, right));
                Assert.Equal(0, task.Verify(problem, wrong));
                Assert.NotEmpty(task.SolutionKey(problem, right));
                foreach (var response in (string[])[right, wrong])
                {
                    Assert.Equal(response, task.Tokenizer.Decode(task.Tokenizer.Encode(response)));
                    Assert.InRange(task.Tokenizer.Encode(response).Length + 1, 2, task.MaximumResponse);
                }
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Splits_ShareNoPrompt_WhateverTheSeed(string name)
    {
        var seen = Enum.GetValues<Split>().Select(split => Enumerable.Range(0, 4).SelectMany(seed => Makers[name](Sizes with { Seed = seed }).Problems(split)).Select(problem => problem.Prompt).ToHashSet()).ToArray();
        Assert.Empty(seen[0].Intersect(seen[1]));
        Assert.Empty(seen[0].Intersect(seen[2]));
        Assert.Empty(seen[1].Intersect(seen[2]));
    }

    [Theory, MemberData(nameof(Names))]
    public void Problems_AreTheSameForTheSameSeed(string name)
    {
        var (first, second) = (Makers[name](Sizes), Makers[name](Sizes));
        foreach (var split in Enum.GetValues<Split>()) Assert.Equal(first.Problems(split), second.Problems(split));
        Assert.NotEqual(first.Problems(Split.Train), Makers[name](Sizes with { Seed = 7 }).Problems(Split.Train));
        Assert.Equal(first.Tokenizer.Hash, second.Tokenizer.Hash);
    }

    [Fact]
    public void Problems_AndResponses_AsTheyAreRead()
    {
        List<string> lines = [];
        foreach (var (name, make) in Makers)
        {
            var task = make(new() { Train = 2, Validation = 1, Test = 1 });
            var random = SeedTree.Root(3).Start();
            lines.Add($"{name}: {task.Tokenizer.VocabularySize} tokens, responses up to {task.MaximumResponse}");
            foreach (var problem in task.Problems(Split.Train))
            {
                lines.Add($"  {problem.Id}, level {problem.Difficulty}: {problem.Prompt} answer {problem.Answer}");
                lines.Add("    right: " + task.Demonstrate(problem, ref random).Replace("\n", " | ", StringComparison.Ordinal));
                lines.Add("    wrong: " + task.DemonstrateWrongly(problem, ref random).Replace("\n", " | ", StringComparison.Ordinal));
            }
        }
        Snapshot.Matches(string.Join('\n', lines));
    }

    [Fact]
    public void Settings_OutOfRange_AreSaid()
    {
        Func<IGeneratedTask>[] makers =
        [
            () => new CountdownTask(new() { Counts = [3, 6] }), () => new ChainTask(new() { Operations = [17] }), () => new StepsTask(new() { Operations = [] }), () => new AdditionTask(new() { Digits = [0, 10] }),
            () => new ModularTask(new() { Moduli = [1] }), () => new SortingTask(new() { Lengths = [1] }), () => new TransformTask(new() { Length = 1 }), () => new LookupTask(new() { Hops = [7] }),
            () => new ChainTask(new() { Splits = new() { Train = 0 } }),
        ];
        Snapshot.Matches(string.Join('\n', makers.Select(make => Assert.Throws<ArgumentException>(make).Message)));
    }
}
