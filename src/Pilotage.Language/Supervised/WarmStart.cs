using System.Security.Cryptography;
using System.Text;
using Pilotage.Language.Generation;
using Pilotage.Language.Models;
using Pilotage.Language.Tasks;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Language.Supervised;

/// <summary>Teaches a model to imitate noisy demonstrations until it solves a task sometimes: where learning from rewards can begin.</summary>
/// <remarks>The weights depend on the task, the settings and nothing else, so that all methods and systems begin with the same bits.</remarks>
public static class WarmStart
{
    // Counts changes of what follows that change the weights.
    private const int Recipe = 1;

    /// <summary>Trains until the share of correct validation answers enters the band.</summary>
    /// <param name="task">Demonstrates and judges.</param>
    /// <param name="config">Valid settings.</param>
    /// <param name="model">Shape; it must know the task's tokens.</param>
    /// <param name="progress">Told the updates made and the last share of correct answers.</param>
    /// <param name="cancellation">Stops between two updates.</param>
    /// <returns>The model.</returns>
    /// <exception cref="RunFailedException">The band was jumped over or not reached; says how near it came and what to change.</exception>
    public static LanguageModel Train(IGeneratedTask task, WarmStartConfig config, LanguageModelConfig model, IProgress<(int Updates, double Success)>? progress = null, CancellationToken cancellation = default)
    {
        var seeds = SeedTree.Root(config.Seed).Branch("warm start");
        var learner = new LanguageModel(model, seeds);
        var optimizer = new Adam(learner.Parameters, config.LearningRate);
        var demonstrations = Demonstration.Draw(task, task.Problems(Split.Train), config.CorruptedShare, seeds.Branch("demonstrations")).Select(shown => shown.Tokens(task.Tokenizer)).ToArray();
        var validation = task.Problems(Split.Validation).Take(config.ValidationProblems).ToArray();
        var random = seeds.Shuffle.Start();
        for (var update = 1; update <= config.MaximumUpdates; update++)
        {
            cancellation.ThrowIfCancellationRequested();
            var batch = new TokenSequence[config.BatchSize];
            for (var i = 0; i < batch.Length; i++) batch[i] = demonstrations[random.NextInt(demonstrations.Length)];
            using (var step = Step.Begin(learner.Parameters.Device)) optimizer.Descend(Loss(learner, new(batch)), (float)config.MaximumGradientNorm);
            if (update % config.CheckEvery != 0) continue;
            var success = Success(learner, task, validation, seeds.Validation);
            progress?.Report((update, success));
            if (success > config.HighestSuccess) throw Failure(task, FormattableString.Invariant($"went from below {config.LowestSuccess:P0} to {success:P1} between two looks, above {config.HighestSuccess:P0}"), "Look more often (checkEvery) or lower the learning rate.");
            if (success >= config.LowestSuccess) return learner;
        }
        throw Failure(task, FormattableString.Invariant($"did not reach {config.LowestSuccess:P0} of the validation problems in {config.MaximumUpdates} updates"), "Allow more updates (maximumUpdates), raise the learning rate, or take an easier task.");
    }

    /// <summary>Reads the weights of an earlier training of the same task with the same settings, or trains and keeps them.</summary>
    /// <param name="task">Demonstrates and judges.</param>
    /// <param name="config">Valid settings.</param>
    /// <param name="model">Shape.</param>
    /// <param name="folder">Where weights are kept, one safetensors file each, named by the hash of all they depend on; <see langword="null"/> for <see cref="Folder"/>.</param>
    /// <param name="progress">Told of the training, where there is one.</param>
    /// <param name="cancellation">Stops between two updates.</param>
    /// <returns>The model: the same bits, read or trained.</returns>
    /// <exception cref="RunFailedException">As <see cref="Train"/>.</exception>
    public static LanguageModel LoadOrTrain(IGeneratedTask task, WarmStartConfig config, LanguageModelConfig model, string? folder = null, IProgress<(int Updates, double Success)>? progress = null, CancellationToken cancellation = default)
    {
        folder ??= Folder;
        var path = Path.Combine(folder, $"{task.Name}-{Hash(task, config, model)}.safetensors");
        if (File.Exists(path))
        {
            using var file = SafetensorsFile.Open(path);
            var kept = new LanguageModel(model, SeedTree.Root(0));
            file.LoadInto(kept.Parameters);
            return kept;
        }
        var trained = Train(task, config, model, progress, cancellation);
        Keep(trained, path);
        return trained;
    }

    /// <summary>Where warm starts are kept if nothing else is said: <c>warm-starts</c> in <c>pilotage</c> in the user's folder for local data (<c>~/.local/share</c>). Deleting it costs time, nothing else.</summary>
    public static string Folder => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "pilotage", "warm-starts");

    /// <summary>-mean over response tokens of log pi: the prompt's tokens are given, not learned.</summary>
    /// <param name="model">What learns.</param>
    /// <param name="shown">Demonstrations.</param>
    /// <returns>A scalar of the open step.</returns>
    public static Tensor Loss(LanguageModel model, SequenceBatch shown) => -model.Forward(shown).LogProbability.Mean();

    /// <summary>Share of correct answers, one drawn for each problem at temperature 1.</summary>
    /// <param name="model">What answers.</param>
    /// <param name="task">Judges.</param>
    /// <param name="problems">At least one.</param>
    /// <param name="seeds">What draws the answers.</param>
    /// <returns>In [0, 1].</returns>
    public static double Success(LanguageModel model, IGeneratedTask task, IReadOnlyList<TextProblem> problems, SeedTree seeds)
    {
        var requests = problems.Select((problem, i) => new GenerationRequest(task.Tokenizer.Encode(problem.Prompt), seeds.Branch(i), task.MaximumResponse) { EndToken = task.Tokenizer.EndToken }).ToArray();
        var answers = new Generator(model).Generate(requests, new());
        return problems.Zip(answers, (problem, answer) => task.Verify(problem, task.Tokenizer.Decode(answer.Tokens))).Average();
    }

    private static string Hash(IGeneratedTask task, WarmStartConfig config, LanguageModelConfig model)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }
        Add(FormattableString.Invariant($"recipe {Recipe}"));
        Add(task.Name);
        Add(task.Tokenizer.Hash);
        Add(config.Text(model));
        foreach (var problem in task.Problems(Split.Train).Concat(task.Problems(Split.Validation)))
        {
            Add(problem.Prompt);
            Add(problem.Answer);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    // Written whole under another name first: a reader never sees half a file, and of two writers either one's file serves, the bits are the same.
    private static void Keep(LanguageModel model, string path)
    {
        var half = FormattableString.Invariant($"{path}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var writer = new SafetensorsWriter();
            foreach (var block in model.Parameters.Blocks) writer.Add(block);
            using (var stream = File.Create(half)) writer.Write(stream);
            File.Move(half, path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Keeping saves time and is not needed for the result.
        }
    }

    private static RunFailedException Failure(IGeneratedTask task, string what, string advice) => new($"The warm start on {task.Name} {what}. {advice}");
}
