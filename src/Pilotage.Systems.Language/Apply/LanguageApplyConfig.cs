using System.ComponentModel.DataAnnotations;
using Pilotage.Language.Algorithms;
using Pilotage.Settings;

namespace Pilotage.Systems.Language.Apply;

/// <summary>How a system of this family is applied to a user's problems: which model is trained, on what, for how long.</summary>
[Settings]
public sealed partial record LanguageApplyConfig
{
    /// <summary>Folder of the model that is trained: Hugging Face's Llama or Qwen2, or one saved here. Empty: a small one of ours, taught the answers of the data first.</summary>
    public string Model { get; init; } = "";

    /// <summary>Iterations: each draws answers to a batch of problems and learns from them.</summary>
    [Range(1, 100_000_000)]
    public int Steps { get; init; } = 100;

    /// <summary>What is drawn in an iteration and how it is descended. For a given model of a billion parameters a learning rate near 1e-6 is usual.</summary>
    public GroupBatchConfig Batch { get; init; } = new();

    /// <summary>Sampling temperature. Low: answers are alike and there is little to compare; above 1: noise. Usual 0.7-1.</summary>
    [Range(0.01, 10.0)]
    public double Temperature { get; init; } = 1;

    /// <summary>Most tokens of an answer. Null: for a model of ours the longest answer of the data and its end, for a given one 128.</summary>
    [Range(1, 1_000_000)]
    public int? MaximumResponse { get; init; }

    /// <summary>Text in front of each prompt, such as a model's frame for what a user says. A token that the model wants at the beginning is put there by itself.</summary>
    public string PromptPrefix { get; init; } = "";

    /// <summary>Text behind each prompt.</summary>
    public string PromptSuffix { get; init; } = "";

    /// <summary>Judges the lines that name no verifier: exact, number, boxed, countdown, regex or choice. Empty: number for lines in the form of GSM8K, exact for others.</summary>
    public string Verifier { get; init; } = "";

    /// <summary>File of a C# script that judges the lines that name no verifier: it sees Prompt, Answer and Response, and its last expression is the reward. Empty: none.</summary>
    public string VerifierScript { get; init; } = "";

    /// <summary>Seconds that a script may take for an answer; longer, and the answer is worth 0. Ten answers that it failed on stop the run.</summary>
    [Range(0.001, 3600.0)]
    public double VerifierSeconds { get; init; } = 5;

    /// <summary>File of problems to watch the training on. Empty: one in eight of the input.</summary>
    public string Validation { get; init; } = "";

    /// <summary>File of problems to report on. Empty: one in eight of the input.</summary>
    public string Test { get; init; } = "";

    /// <summary>Test problems of the comparison, at most. Few: wide intervals.</summary>
    [Range(2, 1_000_000)]
    public int EvaluationProblems { get; init; } = 200;

    /// <summary>Answers to each test problem.</summary>
    [Range(1, 4096)]
    public int EvaluationSamples { get; init; } = 8;

    /// <summary>Iterations between two looks at the validation problems, one answer each.</summary>
    [Range(1, 100_000_000)]
    public int EvaluateEvery { get; init; } = 10;

    /// <summary>Iterations between two checkpoints. Few: the disk is busy; many: a kill loses more. Changes no result.</summary>
    [Range(1, 100_000_000)]
    public int CheckpointEvery { get; init; } = 5;

    /// <summary>Training stops when for so many iterations in a row all answers to each problem had the same reward: then there is nothing to learn from.</summary>
    [Range(1, 100_000_000)]
    public int LevelPatience { get; init; } = 20;

    /// <summary>How a model of ours is taught before.</summary>
    public DataWarmStartConfig WarmStart { get; init; } = new();
}
