import * as library from 'react-phone-number-input';

import { phoneNumberInput } from './phone-number-input.tsx';

export default phoneNumberInput(library);
