/** 画面中什么在动、说明什么。 */
import type { motion as english } from './motion-en.ts';

export const motion: typeof english = {
  title: '动态的含义',
  intro: '没有装饰性的动画：凡是移动、变大、出现或消失的，都是计量值。未知的静止不动。',
  pulses: '线路上的光点',
  pulsesSay: '速度表示功率，方向表示流向，颜色表示其中的碳。功率增至十倍，速度加倍：{{scale}}。',
  width: '线路的宽度',
  widthSay: '表示额定容量。电缆为单线，冷热管道为双线，燃气带短划。',
  rotors: '风力机',
  rotorsSay: '开始发电时每分钟{{low}}转，额定功率时{{high}}转，无出力时停转。',
  flue: '烟囱上方的烟',
  flueSay: '此刻由此排出的碳。排放增至四倍，高度加倍：{{scale}}。',
  steam: '冷却塔上方的水汽',
  steamSay: '各单元散入空气的热量。热量增至四倍，高度加倍：{{scale}}。',
  gauges: '电池与储罐上的液位条',
  gaugesSay: '表示存量，四分之一处有刻度，颜色为所存能量的碳强度。斜纹表示未知。',
  cars: '连着发光电缆的汽车',
  carsSay: '正在充电：充电桩每消耗约{{power}}画一辆车。',
  wind: '烟与水汽垂直上升：园区没有风的计量。',
  still: '没有显卡绘图，或要求减少动态效果时，画面静止；大小与方向含义不变。',
};
