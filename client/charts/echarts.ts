/** ECharts with only the parts that our charts use; loaded when the first chart is shown. */
import { BarChart, HeatmapChart, LineChart, SankeyChart } from 'echarts/charts';
import { GridComponent, TooltipComponent, VisualMapComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

// Canvas: its elements are styled through the DOM, which a content policy without inline styles allows.
use([BarChart, HeatmapChart, LineChart, SankeyChart, GridComponent, TooltipComponent, VisualMapComponent, CanvasRenderer]);

export { init };
