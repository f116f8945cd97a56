import { telephoneInput } from './telephone-input.tsx';

export default telephoneInput({});
