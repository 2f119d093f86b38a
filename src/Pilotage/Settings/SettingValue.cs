using System.Globalization;

namespace Pilotage.Settings;

/// <summary>How one value of a setting is read from text and written as text: invariant culture, no reflection.</summary>
/// <remarks>Immutable; the generator names one for each field. What a value may be beyond its type (range, allowed values) stands in <see cref="SettingField"/>.</remarks>
public abstract class SettingValue
{
    private protected SettingValue() { }

    /// <summary>A whole number of 32 bits.</summary>
    public static SettingValue Int32 { get; } = new Number<int>("whole number");

    /// <summary>A whole number of 64 bits.</summary>
    public static SettingValue Int64 { get; } = new Number<long>("whole number");

    /// <summary>A finite number of 32 bits.</summary>
    public static SettingValue Single { get; } = new Number<float>("number");

    /// <summary>A finite number of 64 bits.</summary>
    public static SettingValue Double { get; } = new Number<double>("number");

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static SettingValue Boolean { get; } = new Truth();

    /// <summary>Any text.</summary>
    public static SettingValue Text { get; } = new Words();

    /// <summary>One of an enum's names, in camel case.</summary>
    /// <typeparam name="T">The enum.</typeparam>
    /// <returns>A reader that takes names in any case, with or without dashes, and no numbers.</returns>
    public static SettingValue Choice<T>() where T : struct, Enum => new Choices<T>();

    /// <summary>The type in a user's words, for help: <c>whole number</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The names to choose from; empty if there is no such list.</summary>
    public virtual IReadOnlyList<string> Names => [];

    /// <summary>Size of a number; 0 for what is none.</summary>
    internal virtual int Bits => 0;

    /// <summary>Reads a value, blanks around it left out by the caller.</summary>
    internal abstract SettingReading Read(string text);

    /// <summary>Writes a value so that <see cref="Read"/> gives an equal one.</summary>
    internal abstract string Write(object value);

    /// <summary>A typed list of the values.</summary>
    internal abstract object ListOf(IReadOnlyList<object> values);

    /// <summary>The value as a number to compare with a range; <see langword="null"/> if it is none.</summary>
    internal virtual double? NumberOf(object value) => null;

    /// <summary>A bound as this type would hold it: 0.1 as a float is not 0.1 as a double, and the user means the float.</summary>
    internal virtual double BoundOf(double bound) => bound;

    /// <summary>Letters and digits in lower case: <c>clip-radius</c>, <c>clip_radius</c> and <c>ClipRadius</c> are one key.</summary>
    internal static string Fold(string name) => name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    private sealed class Number<T>(string name) : SettingValue where T : struct, System.Numerics.INumber<T>, System.Numerics.IMinMaxValue<T>
    {
        private const NumberStyles RealStyle = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        private static readonly bool IsWhole = T.CreateTruncating(0.5) == T.Zero;

        public override string Name => name;

        internal override SettingReading Read(string text)
        {
            if (IsWhole && T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exact)) return SettingReading.Of(exact);
            if (!double.TryParse(text, RealStyle, CultureInfo.InvariantCulture, out var number))
                return IsNotFinite(text) ? SettingReading.NotFinite : SettingReading.WrongType;
            if (!double.IsFinite(number)) return SettingReading.NotFinite;
            if (!IsWhole)
            {
                var fitsReal = T.TryParse(text, RealStyle, CultureInfo.InvariantCulture, out var real) && T.IsFinite(real);
                return fitsReal ? SettingReading.Of(real) : SettingReading.TooLarge;
            }

            // 1e6 is a whole number to everybody but a parser of digits; above 2^53 a double no longer names one.
            if (number != Math.Floor(number)) return SettingReading.WrongType;
            var fits = Math.Abs(number) <= 1L << 53 && number <= double.CreateTruncating(T.MaxValue) && number >= double.CreateTruncating(T.MinValue);
            return fits ? SettingReading.Of(T.CreateTruncating(number)) : SettingReading.TooLarge;
        }

        internal override string Write(object value) => ((T)value).ToString(null, CultureInfo.InvariantCulture);

        internal override object ListOf(IReadOnlyList<object> values) => values.Select(value => (T)value).ToArray();

        internal override double? NumberOf(object value) => double.CreateTruncating((T)value);

        internal override int Bits => 8 * System.Runtime.CompilerServices.Unsafe.SizeOf<T>();

        internal override double BoundOf(double bound) => typeof(T) == typeof(float) ? (float)bound : bound;

        private static bool IsNotFinite(string text) =>
            text.TrimStart('+', '-').TrimStart('.').ToLowerInvariant() is "nan" or "inf" or "infinity" or "∞";
    }

    private sealed class Truth : SettingValue
    {
        public override string Name => "true or false";

        internal override SettingReading Read(string text) => bool.TryParse(text, out var value) ? SettingReading.Of(value) : SettingReading.WrongType;

        internal override string Write(object value) => (bool)value ? "true" : "false";

        internal override object ListOf(IReadOnlyList<object> values) => values.Select(value => (bool)value).ToArray();
    }

    private sealed class Words : SettingValue
    {
        public override string Name => "text";

        internal override SettingReading Read(string text) => SettingReading.Of(text);

        internal override string Write(object value) => (string)value;

        internal override object ListOf(IReadOnlyList<object> values) => values.Select(value => (string)value).ToArray();
    }

    private sealed class Choices<T> : SettingValue where T : struct, Enum
    {
        public override string Name => "choice";

        public override IReadOnlyList<string> Names { get; } = [.. Enum.GetNames<T>().Select(Camel)];

        internal override SettingReading Read(string text)
        {
            foreach (var name in Enum.GetNames<T>())
            {
                if (Fold(name) == Fold(text)) return SettingReading.Of(Enum.Parse<T>(name));
            }

            return SettingReading.WrongType;
        }

        internal override string Write(object value) => Camel(((T)value).ToString());

        internal override object ListOf(IReadOnlyList<object> values) => values.Select(value => (T)value).ToArray();

        private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
    }
}
