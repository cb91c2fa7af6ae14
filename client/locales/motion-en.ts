/** What moves in the picture and what it means, in English. Figures come from the formulas (live/motion.ts). */
export const motion = {
  title: 'What the motion means',
  intro: 'Nothing moves for show: whatever moves, grows or comes and goes is a measurement. What is unknown stands still.',
  pulses: 'Pulses on lines',
  pulsesSay:
    'Their speed is the power, their direction the way it goes, their colour the carbon in it. Ten times the power, twice the speed: {{scale}}.',
  width: 'Width of a line',
  widthSay: 'Its rating. Wires are plain, pipes of heat and cooling double, gas is marked with dashes.',
  rotors: 'Wind turbines',
  rotorsSay: '{{low}} turns a minute when they begin, {{high}} at rated power, none without output.',
  flue: 'Smoke over chimneys',
  flueSay: 'Carbon leaving there now. Four times the emission, twice the height: {{scale}}.',
  steam: 'Steam over cooling towers',
  steamSay: 'Heat given to the air, cell by cell. Four times the heat, twice the height: {{scale}}.',
  gauges: 'Gauges on batteries and tanks',
  gaugesSay: 'How full they are, with marks at the quarters, in the colour of what is stored. Hatched: nobody knows.',
  cars: 'Cars with a glowing cable',
  carsSay: 'They charge: about one car for every {{power}} that the chargers take.',
  wind: 'Plumes rise straight up: no wind is measured.',
  still:
    'Where there is no graphics card to draw, or somebody asked for less motion, the picture stands still; sizes and directions say the same.',
};
