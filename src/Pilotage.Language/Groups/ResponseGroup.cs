using System.Buffers;
using System.Text;
using Pilotage.Language.Generation;
using Pilotage.Language.Tasks;

namespace Pilotage.Language.Groups;

/// <summary>A problem and several answers to it, drawn by one version of a policy.</summary>
/// <param name="Problem">What was asked.</param>
/// <param name="Prompt">Its tokens, at least one.</param>
/// <param name="Responses">At least one; their order says nothing unless the sampler says so.</param>
/// <param name="Version">Version of the policy that drew them: the learner's step whose weights it had.</param>
public sealed record ResponseGroup(TextProblem Problem, int[] Prompt, IReadOnlyList<GroupResponse> Responses, long Version)
{
    /// <summary>Rewards of the answers, in their order.</summary>
    public float[] Rewards => [.. Responses.Select(response => response.Reward)];

    /// <summary>Whether all answers have the same reward: nothing to compare, so that a group's credit is 0 throughout.</summary>
    public bool IsLevel => Responses.All(response => response.Reward == Responses[0].Reward);

    /// <summary>Steps of the learner since the answers were drawn.</summary>
    /// <param name="step">The learner's step now.</param>
    /// <returns>0 for fresh ones.</returns>
    public long Age(long step) => step - Version;

    /// <summary>Appends the group to a checkpoint.</summary>
    /// <param name="writer">Receives the bytes.</param>
    public void Write(IBufferWriter<byte> writer)
    {
        Write(writer, Problem.Id);
        Write(writer, Problem.Prompt);
        Write(writer, Problem.Answer);
        writer.Write(Problem.Difficulty);
        writer.Write<int>(Prompt);
        writer.Write(Version);
        writer.Write(Responses.Count);
        foreach (var response in Responses)
        {
            writer.Write<int>(response.Tokens);
            writer.Write<float>(response.LogProbabilities);
            writer.Write((long)response.Reason);
            writer.Write(BitConverter.SingleToInt32Bits(response.Reward));
            Write(writer, response.Text);
            writer.Write<int>(response.Lead);
            Write(writer, response.Tag);
        }
    }

    /// <summary>Reads what <see cref="Write(IBufferWriter{byte})"/> wrote.</summary>
    /// <param name="reader">Left after the group.</param>
    /// <returns>The group, equal in every bit.</returns>
    /// <exception cref="InvalidDataException">The bytes end early or are no group.</exception>
    public static ResponseGroup Read(ref SequenceReader<byte> reader)
    {
        var problem = new TextProblem(ReadText(ref reader), ReadText(ref reader), ReadText(ref reader), (int)reader.ReadLong());
        var (prompt, version, count) = (reader.ReadArray<int>(), reader.ReadLong(), reader.ReadLong());
        if (count < 1 || count > reader.Remaining) throw new InvalidDataException($"The saved group gives an impossible number of responses, {count}.");
        var responses = new GroupResponse[count];
        for (var i = 0; i < count; i++)
        {
            responses[i] = new(reader.ReadArray<int>(), reader.ReadArray<float>(), (FinishReason)reader.ReadLong(), BitConverter.Int32BitsToSingle((int)reader.ReadLong()))
            {
                Text = ReadText(ref reader), Lead = reader.ReadArray<int>(), Tag = ReadText(ref reader),
            };
        }
        return new(problem, prompt, responses, version);
    }

    private static void Write(IBufferWriter<byte> writer, string text) => writer.Write<byte>(Encoding.UTF8.GetBytes(text));

    private static string ReadText(ref SequenceReader<byte> reader) => Encoding.UTF8.GetString(reader.ReadArray<byte>());
}
