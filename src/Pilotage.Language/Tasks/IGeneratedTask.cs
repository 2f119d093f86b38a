using Pilotage.Language.Tokenizers;

namespace Pilotage.Language.Tasks;

/// <summary>A task that makes its own problems and can show how they are solved.</summary>
public interface IGeneratedTask : ITextTask
{
    /// <summary>Covers every prompt and every response that the task can make.</summary>
    ITokenizer Tokenizer { get; }

    /// <summary>Most tokens of a response, the end token included.</summary>
    int MaximumResponse { get; }

    /// <summary>A correct response, drawn among those that the task knows.</summary>
    /// <param name="problem">One of the task's.</param>
    /// <param name="random">The stream to draw from.</param>
    /// <returns>Text that <see cref="ITextTask.Verify"/> accepts.</returns>
    string Demonstrate(TextProblem problem, ref Randomness random);

    /// <summary>A wrong response in the form of a correct one: what noisy demonstrations are mixed from.</summary>
    /// <param name="problem">One of the task's.</param>
    /// <param name="random">The stream to draw from.</param>
    /// <returns>Text that <see cref="ITextTask.Verify"/> rejects.</returns>
    string DemonstrateWrongly(TextProblem problem, ref Randomness random);

    /// <summary>What makes two correct responses the same solution: equal keys count once in "distinct solutions".</summary>
    /// <param name="problem">One of the task's.</param>
    /// <param name="response">A correct response.</param>
    /// <returns>The key.</returns>
    string SolutionKey(TextProblem problem, string response);
}
